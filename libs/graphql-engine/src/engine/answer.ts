import type { AnswerRow } from '../executor';
import type { Plan } from '../planner';

/**
 * What stands between the bytes that Postgres made: `{"data":{"a":` · bytes · `,"b":` · bytes · `}}`. One piece more
 * than there are statements; constants are part of the pieces. Made once for each plan.
 */
export type Frame = readonly Buffer[];

const frames = new WeakMap<Plan, Frame>();

export function frameOf(plan: Plan): Frame {
  const known = frames.get(plan);
  if (known) return known;
  const made = makeFrame(plan);
  frames.set(plan, made);
  return made;
}

function makeFrame({ roots }: Plan): Frame {
  const pieces: string[] = [];
  let piece = '{"data":{';
  for (const [index, root] of roots.entries()) {
    piece += `${index > 0 ? ',' : ''}${root.open ?? `${JSON.stringify(root.alias)}:`}`;
    if (root.kind === 'constant') {
      piece += root.json;
    } else {
      pieces.push(piece);
      piece = '';
    }
    piece += root.close ?? '';
  }
  pieces.push(`${piece}}}`);
  return pieces.map(text => Buffer.from(text));
}

const NULL = Buffer.from('null');

/** Frame and rows joined in order, without a copy. */
export function assemble(frame: Frame, rows: readonly AnswerRow[]): Buffer[] {
  const body: Buffer[] = [];
  for (const [index, piece] of frame.entries()) {
    body.push(piece);
    if (index < rows.length) body.push(rows[index]?.[0] ?? NULL);
  }
  return body;
}

const BEFORE_DATA = '{"data":'.length;

/** The bytes of `data` alone, without the object around it. */
export function dataOf({ body }: { readonly body: readonly Buffer[] }): readonly Buffer[] {
  return body.map((piece, index) => {
    const start = index === 0 ? BEFORE_DATA : 0;
    return piece.subarray(start, index === body.length - 1 ? -1 : undefined);
  });
}
