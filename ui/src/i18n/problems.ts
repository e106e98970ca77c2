import { useTranslation } from 'react-i18next';

import type { Problem } from '@/api/problem';

/** The one place where codes become words; a code that is unknown here falls back on the server's English title. */
export function useProblemTitle(): (problem: Problem) => string {
  const { t, i18n } = useTranslation('errors');
  return (problem) =>
    i18n.exists(problem.code, { ns: 'errors' }) ? t(problem.code as 'INTERNAL_ERROR') : problem.title;
}
