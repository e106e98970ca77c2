import { Tooltip } from 'antd';

import { useFormats } from '@/i18n/format';

import { useNow } from './useNow';

/** How long ago something was; the exact time on hover. Alone in its component, so that only it renders each second. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  const formats = useFormats();
  return (
    <Tooltip title={formats.moment(at)}>
      <time dateTime={at}>{formats.ago(at, now)}</time>
    </Tooltip>
  );
}
