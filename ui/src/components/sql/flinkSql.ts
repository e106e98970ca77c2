import { sql } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

import { FlinkSql } from './dialect';

/** Colours of the theme's palette: the eighths are dark on light and light on dark. */
const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--ant-geekblue-8)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--ant-purple-8)' },
  { tag: tags.string, color: 'var(--ant-green-8)' },
  // Names in backticks are names.
  { tag: tags.special(tags.string), color: 'inherit' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--ant-volcano-8)' },
  { tag: tags.comment, color: 'var(--ant-color-text-tertiary)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--ant-color-text)', backgroundColor: 'var(--ant-color-bg-container)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--ant-font-family-code)', fontSize: 'var(--ant-font-size)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--ant-color-text)' },
  '.cm-placeholder': { color: 'var(--ant-color-text-placeholder)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ant-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--ant-color-bg-container)',
    color: 'var(--ant-color-text-tertiary)',
    border: 'none',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--ant-color-fill-quaternary)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--ant-control-item-bg-active)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--ant-color-bg-elevated)',
    border: 'var(--ant-line-width) solid var(--ant-color-border)',
    borderRadius: 'var(--ant-border-radius)',
    boxShadow: 'var(--ant-box-shadow-secondary)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--ant-control-item-bg-active)',
    color: 'var(--ant-color-text)',
  },
  '.cm-completionDetail': { color: 'var(--ant-color-text-tertiary)', fontStyle: 'normal' },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap', maxWidth: '40em' },
  '.cm-panels': { backgroundColor: 'var(--ant-color-bg-elevated)', color: 'var(--ant-color-text)' },
});

/** Language and look of Flink SQL, for editors and for texts that are only read. */
export function flinkSql(): Extension {
  return [sql({ dialect: FlinkSql, upperCaseKeywords: true }).language, syntaxHighlighting(highlight), look];
}
