/** A stretch of a template: offsets into its text, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type FaultCode =
  'Parse Error' | 'Name Error' | 'Invalid Path' | 'Type Error' | 'Range Error' | 'Function Error';

/** What is wrong with a template, or with the values that it met. */
export class KritiFault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly span: Span,
  ) {
    super(message);
    this.name = 'KritiFault';
  }
}

/** Lines from zero and columns from one, as Hasura tells them. */
export function renderFault({ code, message, span }: KritiFault, text: string): object {
  const [start_line, start_column] = placeOf(span.start, text);
  const [end_line, end_column] = placeOf(span.end, text);
  return { error_code: code, message, source_position: { start_line, start_column, end_line, end_column } };
}

function placeOf(offset: number, text: string): [line: number, column: number] {
  const before = text.slice(0, offset).split('\n');
  return [before.length - 1, (before.at(-1)?.length ?? 0) + 1];
}
