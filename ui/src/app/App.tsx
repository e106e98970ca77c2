import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { createBrowserRouter, RouterProvider } from 'react-router';

import { newQueryClient } from '@/api/queryClient';
import { i18n } from '@/i18n';

import { routes } from './routes';
import { themeFor } from './theme';
import { useColorScheme } from './useColorScheme';

function Themed() {
  const scheme = useColorScheme();
  const { language } = useTranslation().i18n;
  const [router] = useState(() => createBrowserRouter(routes));
  return (
    <ConfigProvider theme={themeFor(scheme)} locale={language === 'zh' ? zhCN : enUS}>
      <AntApp>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}

/** Everything that pages rely on: data, language, theme, addresses. */
export function App() {
  const [queries] = useState(newQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <I18nextProvider i18n={i18n}>
        <Themed />
      </I18nextProvider>
    </QueryClientProvider>
  );
}
