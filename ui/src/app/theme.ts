import { theme, type ThemeConfig } from 'antd';

type Tokens = NonNullable<ThemeConfig['token']>;

/**
 * The one place with colours. One accent, the green of deep water; the states have colours of their own. antd's defaults
 * for secondary text and for states are below the contrast that WCAG AA asks for, hence most lines here.
 */
const light: Tokens = {
  colorPrimary: '#0f766e',
  colorPrimaryBg: '#e3f2f0',
  colorPrimaryBgHover: '#d3eae7',
  colorPrimaryHover: '#0c635c',
  colorLink: '#0f766e',
  colorLinkHover: '#0b5a54',
  colorInfo: '#1457b8',
  colorSuccess: '#177a3c',
  colorSuccessBg: '#eaf7ee',
  colorWarning: '#945400',
  colorWarningBg: '#fdf4e3',
  colorError: '#c22030',
  colorErrorBg: '#fdeeef',
  colorBgLayout: '#f5f7f7',
  colorTextSecondary: 'rgba(0, 0, 0, 0.68)',
  colorTextTertiary: 'rgba(0, 0, 0, 0.62)',
  colorTextDescription: 'rgba(0, 0, 0, 0.62)',
  colorTextPlaceholder: 'rgba(0, 0, 0, 0.6)',
};

const dark: Tokens = {
  colorPrimary: '#0f8a80',
  colorPrimaryBg: '#12312e',
  colorPrimaryBgHover: '#173f3b',
  colorPrimaryHover: '#0d7a71',
  colorLink: '#5cd0c4',
  colorLinkHover: '#86e0d7',
  colorInfo: '#6ea8fe',
  colorSuccess: '#5fd38a',
  colorWarning: '#f0b354',
  colorError: '#ff8b8b',
  colorBgLayout: '#0e1112',
  colorBgContainer: '#161a1b',
  colorBgElevated: '#1f2426',
  colorTextSecondary: 'rgba(255, 255, 255, 0.72)',
  colorTextTertiary: 'rgba(255, 255, 255, 0.66)',
  colorTextDescription: 'rgba(255, 255, 255, 0.66)',
  colorTextPlaceholder: 'rgba(255, 255, 255, 0.62)',
};

const shared: Tokens = {
  // The compact algorithm takes the next smaller size: text of 14 pixels.
  fontSize: 16,
  borderRadius: 6,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif',
  fontFamilyCode: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
};

export function themeFor(scheme: 'light' | 'dark'): ThemeConfig {
  const tokens = scheme === 'dark' ? dark : light;
  const link = tokens.colorLink ?? '';
  const motion = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    algorithm: [scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm, theme.compactAlgorithm],
    token: { ...shared, ...tokens, motion },
    components: {
      Tabs: { itemSelectedColor: link, itemHoverColor: link, itemActiveColor: link, inkBarColor: link },
      Button: {
        defaultHoverColor: link,
        defaultHoverBorderColor: link,
        defaultActiveColor: link,
        // On the light red that reads well as text on dark, white would not.
        ...(scheme === 'dark' && { dangerColor: '#2b0a0c' }),
      },
    },
    // Names in the DOM that styles outside of antd (our modules, CodeMirror) use.
    cssVar: { key: 'millrace' },
    hashed: false,
  };
}
