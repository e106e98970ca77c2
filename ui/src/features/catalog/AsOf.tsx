import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import { useFormats } from '@/i18n/format';

import styles from './catalog.module.css';

/** That what is shown is not of now, because its store does not answer; nothing if it is. */
export function AsOf({ at }: { at?: string | null }) {
  const { t } = useTranslation('catalog');
  const { moment } = useFormats();
  return at ? (
    <Typography.Paragraph type="warning" className={styles.note}>
      {t('asOf', { at: moment(at) })}
    </Typography.Paragraph>
  ) : null;
}
