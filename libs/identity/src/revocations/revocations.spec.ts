import { FixedClock } from '@nself/kernel';
import { ANONYMOUS, type Actor } from '../actor';
import { parseRevocation, type Revocation } from './revocation';
import { Revocations } from './revocations';

const START = new Date('2030-01-01T00:00:00Z');
const ISSUED = START.getTime();

const anna: Actor = {
  ...ANONYMOUS,
  kind: 'user',
  userId: 'anna',
  familyId: 'oaks',
  sessionId: 's1',
  issuedAt: ISSUED,
};

function fresh(): { clock: FixedClock; revocations: Revocations } {
  const clock = new FixedClock(START);
  const revocations = new Revocations(clock, 5_000);
  revocations.confirm(ISSUED);
  return { clock, revocations };
}

describe('revocations', () => {
  it.each<[string, Revocation, boolean]>([
    ['her session', { kind: 'session', sessionId: 's1', at: 0 }, true],
    ['another session', { kind: 'session', sessionId: 's2', at: ISSUED }, false],
    ['all she had until now', { kind: 'user', userId: 'anna', at: ISSUED }, true],
    ['all she had before', { kind: 'user', userId: 'anna', at: ISSUED - 1 }, false],
    ['her membership', { kind: 'member', userId: 'anna', familyId: 'oaks', at: ISSUED }, true],
    ['her membership elsewhere', { kind: 'member', userId: 'anna', familyId: 'elms', at: ISSUED }, false],
    ['somebody else', { kind: 'user', userId: 'ben', at: ISSUED }, false],
    ['nobody in particular', { kind: 'user', at: ISSUED }, false],
  ])('of %s', (_, revocation, refused) => {
    const { revocations } = fresh();
    revocations.add(revocation);
    const attempt = (): void => revocations.assertLive(anna);
    if (refused) expect(attempt).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
    else expect(attempt).not.toThrow();
  });

  it('are not trusted when nobody has confirmed them for too long', () => {
    const { clock, revocations } = fresh();
    clock.advance(5_000);
    expect(() => revocations.assertLive(anna)).not.toThrow();
    clock.advance(1);
    expect(() => revocations.assertLive(anna)).toThrow(
      expect.objectContaining({ code: 'REVOCATIONS_STALE' }),
    );
    revocations.confirm(clock.now().getTime());
    expect(() => revocations.assertLive(anna)).not.toThrow();
  });

  it('are not trusted before the first confirmation', () =>
    expect(() => new Revocations(new FixedClock(START), 5_000).assertLive(anna)).toThrow(
      expect.objectContaining({ code: 'REVOCATIONS_STALE' }),
    ));

  it('tell each listener once, until it leaves', () => {
    const { revocations } = fresh();
    const heard: Revocation[] = [];
    const leave = revocations.onRevoked(each => heard.push(each));
    const ended: Revocation = { kind: 'session', sessionId: 's1', at: ISSUED };
    revocations.add(ended);
    revocations.add({ ...ended });
    leave();
    revocations.add({ ...ended, sessionId: 's2' });
    expect(heard).toEqual([ended]);
  });

  it('are forgotten when no token of that time can be alive', () => {
    const { revocations } = fresh();
    revocations.add({ kind: 'user', userId: 'anna', at: ISSUED });
    revocations.confirm(ISSUED + 2 * 86_400_000);
    expect(revocations.isRevoked(anna)).toBe(false);
  });
});

describe('a message of the channel', () => {
  it('is read', () =>
    expect(parseRevocation('{"kind":"session","sessionId":"s1","userId":null,"at":5}')).toEqual({
      kind: 'session',
      sessionId: 's1',
      at: 5,
    }));

  it.each([
    '',
    'null',
    '[]',
    '{"kind":"planet","at":1}',
    '{"kind":"user","userId":7,"at":1}',
    '{"kind":"user"}',
  ])('is not trusted: %s', message => expect(parseRevocation(message)).toBeUndefined());
});
