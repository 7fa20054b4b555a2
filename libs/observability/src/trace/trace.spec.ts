import { currentTrace, formatTraceparent, newTrace, parseTraceparent, runWithTrace } from './trace';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN_ID = '00f067aa0ba902b7';

describe('traceparent', () => {
  it('is read and written back unchanged', () => {
    const header = `00-${TRACE_ID}-${SPAN_ID}-01`;
    const trace = parseTraceparent(header);
    expect(trace).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID, flags: 1 });
    expect(trace && formatTraceparent(trace)).toBe(header);
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['upper case', `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a span id of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['the forbidden version', `ff-${TRACE_ID}-${SPAN_ID}-01`],
    ['a longer version 00', `00-${TRACE_ID}-${SPAN_ID}-01-more`],
    ['text around it', ` 00-${TRACE_ID}-${SPAN_ID}-01`],
  ])('is refused when it is %s', (_, header) => expect(parseTraceparent(header)).toBeUndefined());

  it('of a later version may carry more', () =>
    expect(parseTraceparent(`01-${TRACE_ID}-${SPAN_ID}-00-more`)).toMatchObject({
      traceId: TRACE_ID,
      flags: 0,
    }));
});

describe('the current trace', () => {
  it('follows awaited work and ends with it', async () => {
    const trace = newTrace();
    const seen = await runWithTrace(trace, async () => {
      await new Promise(setImmediate);
      return currentTrace();
    });
    expect(seen).toBe(trace);
    expect(currentTrace()).toBeUndefined();
  });

  it('has children in the same trace with spans of their own', () => {
    const parent = newTrace();
    const child = newTrace(parent);
    expect(child.traceId).toBe(parent.traceId);
    expect(child.spanId).not.toBe(parent.spanId);
  });
});
