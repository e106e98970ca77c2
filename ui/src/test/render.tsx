import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router';

import { newQueryClient } from '@/api/queryClient';

/** Shows a page at an address, in the frame that every page has. The router tells where the reader went. */
export function renderAt(address: string, routes: RouteObject[]) {
  const queries = newQueryClient();
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(
    <QueryClientProvider client={queries}>
      {/* No styles: jsdom would compute them again for each look-up by role, which takes seconds. */}
      <ConfigProvider theme={{ zeroRuntime: true, token: { motion: false } }}>
        <App>
          <RouterProvider router={router} />
        </App>
      </ConfigProvider>
    </QueryClientProvider>,
  );
  return { router, queries };
}
