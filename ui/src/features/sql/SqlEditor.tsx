import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';

import { flinkSql } from '@/components/sql/flinkSql';

import type { Marker } from './places';
import styles from './sql.module.css';
import { split, statementAt, type Statement } from './statements';

/** What the page asks of the editor. */
export interface EditorHandle {
  /** Writes text at the cursor, in place of the selection, and moves the focus there. */
  insert: (text: string) => void;
  /** The statements of the selection, or the one at the cursor. */
  chosen: () => Statement[];
  /** All statements. */
  all: () => Statement[];
}

interface Props {
  ref: Ref<EditorHandle>;
  initial: string;
  label: string;
  hint: string;
  markers: Marker[];
  onChange: (script: string) => void;
  onRun: () => void;
  complete: (context: CompletionContext) => Promise<CompletionResult | null>;
}

/** The editor. CodeMirror owns the text while it is open; `initial` is read once. Loaded lazily. */
export default function SqlEditor({ ref, initial, label, hint, markers, onChange, onRun, complete }: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  // The view is made once; what it calls may change with each render.
  const calls = useRef({ onChange, onRun, complete });
  useEffect(() => {
    calls.current = { onChange, onRun, complete };
  });

  useEffect(() => {
    if (!parent.current) {
      return undefined;
    }
    const created = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: () => {
                  calls.current.onRun();
                  return true;
                },
              },
            ]),
          ),
          flinkSql(),
          lineNumbers(),
          lintGutter(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          highlightSelectionMatches(),
          autocompletion({ override: [(context) => calls.current.complete(context)] }),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...lintKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...defaultKeymap,
            // Esc, then Tab leaves the editor: CodeMirror's own way out for readers without a mouse.
            indentWithTab,
          ]),
          placeholder(hint),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              calls.current.onChange(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = created;
    return () => created.destroy();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- made once; a change of language must not lose the text
  }, []);

  useEffect(() => {
    const current = view.current;
    if (current) {
      const end = current.state.doc.length;
      const inside = markers.filter((marker) => marker.to <= end);
      current.dispatch(
        setDiagnostics(
          current.state,
          inside.map((marker) => ({ ...marker, severity: 'error' })),
        ),
      );
    }
  }, [markers]);

  useImperativeHandle(ref, () => ({
    insert: (text) => {
      const current = view.current;
      if (current) {
        current.dispatch(current.state.replaceSelection(text), { scrollIntoView: true });
        current.focus();
      }
    },
    chosen: () => (view.current ? chosen(view.current.state) : []),
    all: () => (view.current ? split(view.current.state.doc.toString()) : []),
  }));

  return <div ref={parent} className={styles.codemirror} />;
}

function chosen(state: EditorState): Statement[] {
  const { from, to, empty } = state.selection.main;
  const script = state.doc.toString();
  if (empty) {
    const statement = statementAt(script, from);
    return statement ? [statement] : [];
  }
  return split(script.slice(from, to)).map((statement) => ({
    text: statement.text,
    from: statement.from + from,
    to: statement.to + from,
  }));
}
