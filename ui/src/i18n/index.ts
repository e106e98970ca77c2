import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import * as en from './en';
import * as zh from './zh';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'millrace.language';

function first(): Language {
  const chosen = window.localStorage.getItem(KEY);
  if (chosen === 'en' || chosen === 'zh') {
    return chosen;
  }
  return window.navigator.language.startsWith('zh') ? 'zh' : 'en';
}

const own = i18next.createInstance();

void own.use(initReactI18next).init({
  lng: first(),
  fallbackLng: 'en',
  resources: { en, zh },
  ns: ['common', 'access', 'jobs', 'sql', 'catalog', 'errors'],
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  returnNull: false,
  showSupportNotice: false,
});

own.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});
document.documentElement.lang = own.language;

/** Changes the language now and for the next visit. */
export function speak(language: Language): void {
  window.localStorage.setItem(KEY, language);
  void own.changeLanguage(language);
}

export function currentLanguage(): Language {
  return own.language === 'zh' ? 'zh' : 'en';
}

export const i18n = own;
