import { Skeleton, Splitter, Typography } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

import { complete } from './completion';
import { markers, type Marker } from './places';
import { ResultPanel } from './ResultPanel';
import type { EditorHandle } from './SqlEditor';
import { SqlToolbar } from './SqlToolbar';
import styles from './sql.module.css';
import { useAnalysis, useCompletion, useDraft, useRuns } from './useSql';

const SqlEditor = lazy(() => import('./SqlEditor'));

interface Props {
  /** What stands beside the editor; it may write names into it. */
  side: ComponentType<{ onInsert: (text: string) => void }>;
}

/** Write, check and run SQL. */
export function SqlPage({ side: Side }: Props) {
  const { t } = useTranslation('sql');
  const editor = useRef<EditorHandle>(null);
  const [draft, setDraft] = useDraft();
  const analysis = useAnalysis(draft);
  const { outcome, run } = useRuns();
  const ask = useCompletion();

  const mistakes = useMemo(
    () => (analysis.analysis ? markers(analysis.script, analysis.analysis.errors) : []),
    [analysis.script, analysis.analysis],
  );
  const failures = useMemo(() => failuresOf(outcome, draft), [outcome, draft]);
  // Old marks move with the text until the newer text is analysed.
  const shown = useMemo(() => [...mistakes, ...failures.filter((f) => !mistakes.some((m) => m.from === f.from))], [mistakes, failures]);

  const insert = useCallback((text: string) => editor.current?.insert(text), []);
  const start = (chosen: 'chosen' | 'all') => {
    const statements = editor.current?.[chosen]() ?? [];
    if (statements.length > 0) {
      run(statements);
    }
  };
  return (
    <>
      <Typography.Title level={1} className={styles.hiddenTitle}>
        {t('title')}
      </Typography.Title>
      <Splitter className={styles.page}>
        <Splitter.Panel defaultSize="22%" min="12%" max="45%" collapsible className={styles.side}>
          <Side onInsert={insert} />
        </Splitter.Panel>
        <Splitter.Panel>
          <Splitter orientation="vertical">
            <Splitter.Panel defaultSize="50%" min="20%">
              <section className={styles.editor} aria-label={t('editor.label')}>
                <SqlToolbar
                  running={outcome?.running ?? false}
                  empty={draft.trim() === ''}
                  checking={analysis.checking}
                  mistakes={mistakes.length}
                  checkFailed={analysis.error !== null}
                  onRun={() => start('chosen')}
                  onRunAll={() => start('all')}
                  onCancel={() => outcome?.cancel()}
                />
                <div className={styles.text}>
                  <Suspense fallback={<Skeleton active className={styles.waiting} />}>
                    <SqlEditor
                      ref={editor}
                      initial={draft}
                      label={t('editor.label')}
                      hint={t('editor.hint')}
                      markers={shown}
                      onChange={setDraft}
                      onRun={() => start('chosen')}
                      complete={(context) => complete(context, ask)}
                    />
                  </Suspense>
                </div>
              </section>
            </Splitter.Panel>
            <Splitter.Panel min="15%">
              <ResultPanel outcome={outcome} />
            </Splitter.Panel>
          </Splitter>
        </Splitter.Panel>
      </Splitter>
    </>
  );
}

/** Where a statement failed, as long as its text still stands where it stood. */
function failuresOf(outcome: ReturnType<typeof useRuns>['outcome'], draft: string): Marker[] {
  const errors = outcome?.view?.problem?.errors ?? [];
  if (!outcome || errors.length === 0) {
    return [];
  }
  const { text, from, to } = outcome.statement;
  return draft.slice(from, to) === text ? markers(text, errors, from) : [];
}
