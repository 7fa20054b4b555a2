import { Injectable } from '@nestjs/common';
import { firstOf } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Family } from './family';

const COLUMNS = `
  id, name, description, time_zone as "timeZone", locale, settings, state, created_at as "createdAt"`;

export interface NewFamily {
  id: string;
  name: string;
  description?: string;
  timeZone?: string;
  locale?: string;
  createdBy: string;
}

export type FamilyChange = Partial<Pick<Family, 'name' | 'description' | 'timeZone' | 'locale' | 'settings'>>;

/** Speaks SQL to `families`, inside the family of the context. */
@Injectable()
export class FamilyRepository {
  async insert(manager: EntityManager, family: NewFamily): Promise<void> {
    await manager.query(
      `insert into families (id, name, description, time_zone, locale, created_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        family.id,
        family.name,
        family.description ?? '',
        family.timeZone ?? 'UTC',
        family.locale ?? 'en',
        family.createdBy,
      ],
    );
  }

  async find(manager: EntityManager, id: string): Promise<Family | undefined> {
    return firstOf<Family>(manager, `select ${COLUMNS} from families where id = $1`, [id]);
  }

  async change(manager: EntityManager, id: string, change: FamilyChange): Promise<Family | undefined> {
    return firstOf<Family>(
      manager,
      `update families
       set    name        = coalesce($2, name),
              description = coalesce($3, description),
              time_zone   = coalesce($4, time_zone),
              locale      = coalesce($5, locale),
              settings    = settings || coalesce($6::jsonb, '{}')
       where  id = $1
       returning ${COLUMNS}`,
      [
        id,
        change.name ?? null,
        change.description ?? null,
        change.timeZone ?? null,
        change.locale ?? null,
        change.settings ? JSON.stringify(change.settings) : null,
      ],
    );
  }
}
