import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { createBrowserRouter, RouterProvider } from 'react-router';

import type { Schemas } from '@/api/client';
import { newQueryClient } from '@/api/queryClient';
import { SignedIn } from '@/features/access/SignedIn';
import { i18n } from '@/i18n';

import { routes } from './routes';
import { themeFor } from './theme';
import { useColorScheme } from './useColorScheme';

interface Props {
  /** What lets in who came by this address, if something does. */
  proof?: Schemas['NewSession'] | undefined;
}

function Themed({ proof }: Props) {
  const scheme = useColorScheme();
  const { language } = useTranslation().i18n;
  const [router] = useState(() => createBrowserRouter(routes));
  return (
    <ConfigProvider theme={themeFor(scheme)} locale={language === 'zh' ? zhCN : enUS}>
      {/* What AntApp shows beside the pages, such as questions, goes with the reader it was meant for. */}
      <SignedIn proof={proof}>
        <AntApp>
          <RouterProvider router={router} />
        </AntApp>
      </SignedIn>
    </ConfigProvider>
  );
}

/** Everything that pages rely on: data, language, theme, who is signed in, addresses. */
export function App({ proof }: Props) {
  const [queries] = useState(newQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <I18nextProvider i18n={i18n}>
        <Themed proof={proof} />
      </I18nextProvider>
    </QueryClientProvider>
  );
}
