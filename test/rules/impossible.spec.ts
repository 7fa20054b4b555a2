import { casesOf } from './cases';
import { Stage, type Cast } from './stage';

interface Case {
  table: string;
  row: Record<string, unknown>;
  refused: string;
}

/** Past every wall and permission: what cannot be, cannot be made by the owner of the database either. */
describe('rows that cannot be', () => {
  let stage: Stage;
  let cast: Cast;
  beforeAll(async () => {
    stage = await Stage.open();
    cast = await stage.cast({ Ada: 'OWNER', Ben: 'YOUTH_MEMBER' });
  });
  afterAll(() => stage.close());

  it.each(casesOf<Case>('impossible'))('%s', async (_, { table, row, refused }) => {
    const whole = table === 'families' ? row : { family_id: cast.id, ...row };
    const values = Object.values(whole).map(valueOf);
    const places = values.map((_value, index) => `$${index + 1}`);
    const text = `insert into ${table} (${Object.keys(whole).join(', ')}) values (${places.join(', ')})`;
    await expect(stage.past(text, values)).rejects.toMatchObject({ constraint: refused });
  });

  it.each(['UTC', 'Europe/Berlin', 'Etc/GMT+5', 'GMT+0', 'NZ-CHAT'])(
    'but a family lives in %s',
    async zone => {
      await stage.past(`insert into families (name, time_zone) values ('Us', $1)`, [zone]);
    },
  );

  it('of two people nobody is both the parent and the child of the other', async () => {
    const relate = (type: string) =>
      stage.past(
        'insert into relationships (family_id, user_id, relative_id, type) values ($1, $2, $3, $4)',
        [cast.id, cast.people['Ada']!.id, cast.people['Ben']!.id, type],
      );
    await relate('parent');
    await expect(relate('child')).rejects.toMatchObject({ constraint: 'one_side_of_each_tie' });
    await relate('cousin');
  });

  const hour = 3_600_000;
  function valueOf(value: unknown): unknown {
    if (value === '$past') return new Date(Date.now() - hour);
    if (value === '$soon') return new Date(Date.now() + hour);
    return cast.people[String(value)]?.id ?? value;
  }
});
