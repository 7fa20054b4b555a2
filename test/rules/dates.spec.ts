import { casesOf } from './cases';
import { Refused, Stage, type Cast } from './stage';

interface Meaning {
  date: string;
  from?: string;
  before?: string;
  none?: boolean;
}

describe('dates', () => {
  let stage: Stage;
  let cast: Cast;
  beforeAll(async () => {
    stage = await Stage.open();
    cast = await stage.cast({ Mother: 'OWNER' });
  });
  afterAll(() => stage.close());

  it.each(casesOf<Meaning>('gedcom-dates'))('%s', async (_, { date, from = null, before = null, none }) => {
    const [person] = await stage.as(
      cast,
      'Mother',
      `insert into genealogy_profiles (family_id, given_names, birth_date) values ($1, 'Ada', $2)
       returning birth_date, birth_range is null as none, lower(birth_range)::text as "from", upper(birth_range)::text as before`,
      [cast.id, date],
    );
    expect(person).toEqual({ birth_date: date, none: none ?? false, from, before });
  });

  it('do not let somebody die before birth', async () => {
    const born = (birth: string, death: string) =>
      stage.as(
        cast,
        'Mother',
        'insert into genealogy_profiles (family_id, living, birth_date, death_date) values ($1, false, $2, $3)',
        [cast.id, birth, death],
      );
    await born('1900', 'ABT 1900');
    await expect(born('1900', '1899')).rejects.toMatchObject({ reason: 'death_after_birth' });
  });

  it.each(casesOf<{ rule: string; taken: boolean }>('recurrence'))('%s', async (_, { rule, taken }) => {
    const refusal = await stage
      .as(
        cast,
        'Mother',
        `insert into events (family_id, author_id, title, starts_at, ends_at, rrule) values ($1, $2, 'Piano', now(), now(), $3)`,
        [cast.id, cast.people['Mother']!.id, rule],
      )
      .then(
        () => undefined,
        (error: Refused) => error.reason,
      );
    expect(refusal).toBe(taken ? undefined : 'event_rule_is_valid');
  });
});
