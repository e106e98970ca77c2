import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';

import { currentLanguage, LANGUAGES, speak, type Language } from '@/i18n';

const NAMES: Record<Language, string> = { en: 'English', zh: '中文' };

/** Changes the language of the console; each language is named in itself. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Segmented<Language>
      aria-label={t('language')}
      value={currentLanguage()}
      options={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
      onChange={speak}
    />
  );
}
