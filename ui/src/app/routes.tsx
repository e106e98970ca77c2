import { Navigate, type RouteObject } from 'react-router';

import { TokensPage } from '@/features/access/TokensPage';
import { CatalogTree } from '@/features/catalog/CatalogTree';
import { JobPage } from '@/features/jobs/JobPage';
import { JobsPage } from '@/features/jobs/JobsPage';
import { SqlPage } from '@/features/sql/SqlPage';

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
      { path: 'jobs', element: <JobsPage /> },
      { path: 'workspaces/:workspace/jobs/:name', element: <JobPage /> },
      { path: 'sql', element: <SqlPage side={CatalogTree} /> },
      { path: 'tokens', element: <TokensPage /> },
      { path: '*', element: <NotFound /> },
    ],
  },
];
