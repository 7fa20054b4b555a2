import type { Run } from '../state/run';

/** What a supervisor tells about its work; the terminal shows it, a detached one sends it over. */
export type StackEvent =
  | { readonly kind: 'begun'; readonly step: string }
  | { readonly kind: 'done'; readonly step: string; readonly detail: string; readonly ms: number }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'ready'; readonly run: Run; readonly ms: number }
  | { readonly kind: 'failed'; readonly message: string; readonly remedy: string };

export type Tell = (event: StackEvent) => void;

/** Tells that a step begins and how long it took; `work` answers what there is to say about the result. */
export async function step<T>(
  tell: Tell,
  name: string,
  work: () => Promise<T>,
  detail: (result: T) => string = () => '',
): Promise<T> {
  const begunAt = Date.now();
  tell({ kind: 'begun', step: name });
  const result = await work();
  tell({ kind: 'done', step: name, detail: detail(result), ms: Date.now() - begunAt });
  return result;
}
