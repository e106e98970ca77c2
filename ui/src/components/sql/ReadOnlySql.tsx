import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';

import { flinkSql } from './flinkSql';

interface Props {
  text: string;
  label: string;
}

/** SQL to be read. Loaded lazily through SqlText. */
export default function ReadOnlySql({ text, label }: Props) {
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!parent.current) {
      return undefined;
    }
    const view = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          flinkSql(),
          lineNumbers(),
          EditorView.lineWrapping,
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          // Not editable, but reachable by keyboard, so that it can be scrolled and read.
          EditorView.contentAttributes.of({ 'aria-label': label, role: 'textbox', 'aria-readonly': 'true', tabindex: '0' }),
        ],
      }),
    });
    return () => view.destroy();
  }, [text, label]);
  return <div ref={parent} />;
}
