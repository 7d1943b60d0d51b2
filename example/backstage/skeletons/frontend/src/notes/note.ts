/** Notes, as the API describes them. */
import { components } from '../../openapi.json';
import type { components as Schema } from '../api/schema.ts';

export type Note = Schema['schemas']['Note'];
export type NotePage = Schema['schemas']['NotePage'];

export const MAX_LENGTH = components.schemas.NewNote.properties.text.maxLength;

/** What is wrong with a text, before the API is asked. */
export function faultOf(text: string): string | undefined {
  const length = charactersOf(text);
  if (length === 0) return 'Write something first.';
  if (length > MAX_LENGTH) return `Too long: ${lengthOf(text)}.`;
  return undefined;
}

export const lengthOf = (text: string): string =>
  `${charactersOf(text)} of ${MAX_LENGTH} characters`;

/** As the API and PostgreSQL count them: 🎉 is one, and its `length` is two. */
const charactersOf = (text: string): number => Array.from(text.trim()).length;
