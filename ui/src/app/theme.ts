import { theme, type ThemeConfig } from 'antd';

/** The one place with colours. Accent: the green of deep water; the rest follows from antd's algorithms. */
const light: NonNullable<ThemeConfig['token']> = {
  colorPrimary: '#0f766e',
  colorInfo: '#0f766e',
  colorLink: '#0f766e',
  colorBgLayout: '#f6f8f8',
  // antd's own greys for secondary text are below the contrast that WCAG AA asks for.
  colorTextSecondary: 'rgba(0, 0, 0, 0.68)',
  colorTextTertiary: 'rgba(0, 0, 0, 0.62)',
  colorTextDescription: 'rgba(0, 0, 0, 0.62)',
  colorTextPlaceholder: 'rgba(0, 0, 0, 0.6)',
};

const dark: NonNullable<ThemeConfig['token']> = {
  colorPrimary: '#0f8a80',
  colorInfo: '#2dd4bf',
  colorLink: '#4fd1c5',
  colorBgBase: '#101516',
  colorBgLayout: '#0b0f10',
  colorTextSecondary: 'rgba(255, 255, 255, 0.72)',
  colorTextTertiary: 'rgba(255, 255, 255, 0.66)',
  colorTextDescription: 'rgba(255, 255, 255, 0.66)',
  colorTextPlaceholder: 'rgba(255, 255, 255, 0.62)',
};

const shared: NonNullable<ThemeConfig['token']> = {
  borderRadius: 6,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif',
  fontFamilyCode: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
};

export function themeFor(scheme: 'light' | 'dark'): ThemeConfig {
  const base = scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm;
  return {
    algorithm: [base, theme.compactAlgorithm],
    token: { ...shared, ...(scheme === 'dark' ? dark : light), fontSize: 14 },
    // Names in the DOM that styles outside of React (CodeMirror) can use.
    cssVar: { key: 'millrace' },
    hashed: false,
  };
}
