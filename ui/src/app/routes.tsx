import { Navigate, type RouteObject } from 'react-router';

import { NotFound, RouteCrash } from './Failures';
import { Shell } from './Shell';

/** The addresses of the console. The server answers each of them with index.html. */
export const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell />,
    errorElement: <RouteCrash />,
    children: [
      { index: true, element: <Navigate to="/jobs" replace /> },
      { path: '*', element: <NotFound /> },
    ],
  },
];
