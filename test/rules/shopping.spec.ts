import { casesOf } from './cases';
import { Stage, type Cast } from './stage';

interface Story {
  story: string;
  plan: { dish: string; for: string; needs: string[]; optional?: string[] }[];
  list: string[];
}

const meals = ['breakfast', 'lunch', 'dinner', 'snack'];

describe('the shopping list', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await Stage.open()));
  afterAll(() => stage.close());

  const stories = casesOf<Story>('shopping').map(([, story]) => [story.story, story] as const);

  it.each(stories)('%s', async (_, { plan, list }) => {
    const cast = await stage.cast({ Cook: 'ADULT_MEMBER', Kid: 'CHILD_MEMBER' });
    for (const [index, dish] of plan.entries()) await cook(cast, dish, meals[index]!);
    const rows = await stage.as(cast, 'Cook', `select * from shopping_list('2026-03-01', '2026-03-07')`);
    const bought = rows.map(row =>
      [Number(row['amount']), row['unit'], row['ingredient']].filter(Boolean).join(' '),
    );
    expect(bought.sort()).toEqual([...list].sort());
  });

  it('knows its days', async () => {
    const cast = await stage.cast({ Cook: 'ADULT_MEMBER' });
    await cook(cast, { dish: 'Soup', for: '4/4', needs: ['1 l water'] }, 'dinner');
    const on = async (from: string, until: string) =>
      (await stage.as(cast, 'Cook', 'select * from shopping_list($1, $2)', [from, until])).length;
    expect([await on('2026-03-01', '2026-03-01'), await on('2026-03-02', '2026-03-02')]).toEqual([1, 0]);
  });

  async function cook(cast: Cast, dish: Story['plan'][number], meal: string): Promise<void> {
    const [cooked, meant] = dish.for.split('/').map(Number);
    const [recipe] = await stage.as<{ id: string }>(
      cast,
      'Cook',
      `insert into recipes (family_id, author_id, title, servings) values ($1, app.user_id(), $2, $3) returning id`,
      [cast.id, dish.dish, meant],
    );
    for (const [index, line] of [...dish.needs, ...(dish.optional ?? [])].entries()) {
      const [, amount, unit = '', name] = /^([\d.]+) (?:(\S+) )?(\S+)$/.exec(line) ?? [];
      await stage.as(
        cast,
        'Cook',
        `insert into recipe_ingredients (family_id, recipe_id, position, name, amount, unit, optional) values ($1, $2, $3, $4, $5, $6, $7)`,
        [cast.id, recipe!.id, index, name, amount, unit || null, index >= dish.needs.length],
      );
    }
    await stage.as(
      cast,
      'Cook',
      `insert into meal_plans (family_id, date, meal, recipe_id, servings, created_by) values ($1, '2026-03-01', $2, $3, $4, app.user_id())`,
      [cast.id, meal, recipe!.id, cooked],
    );
  }
});
