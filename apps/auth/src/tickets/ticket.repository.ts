import { Injectable } from '@nestjs/common';
import { firstOf, rowsOf, type GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import type { Ticket, TicketPurpose } from './ticket';

const COLUMNS = `
  id,
  user_id      as "userId",
  purpose,
  address,
  data,
  attempts,
  max_attempts as "maxAttempts"`;

export interface NewTicket {
  purpose: TicketPurpose;
  hash: string;
  userId: string | null;
  address: string | null;
  data: Record<string, unknown>;
  lifeSeconds: number;
  maxAttempts: number;
}

const INSERT = `
  insert into auth.tickets (purpose, hash, user_id, address, data, max_attempts, expires_at)
  values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`;

/** Speaks SQL to `auth.tickets`. */
@Injectable()
export class TicketRepository {
  /** Keeps a ticket, as a statement of a group. */
  keeping({ data, ...ticket }: NewTicket): GroupStatement {
    const { purpose, hash, userId, address, maxAttempts, lifeSeconds } = ticket;
    const values = [purpose, hash, userId, address, JSON.stringify(data), maxAttempts, lifeSeconds];
    return { text: INSERT, values };
  }

  /** Reads a ticket that is still good, without using it. */
  async find(manager: EntityManager, purpose: TicketPurpose, hash: string): Promise<Ticket | undefined> {
    const rows = await rowsOf<Ticket>(
      manager,
      `select ${COLUMNS}
       from   auth.tickets
       where  purpose = $1 and hash = $2 and used_at is null and attempts < max_attempts and expires_at > now()`,
      [purpose, hash],
    );
    return rows[0];
  }

  /** Uses a ticket up. Of two racing calls one gets it. */
  async use(manager: EntityManager, purpose: TicketPurpose, hash: string): Promise<Ticket | undefined> {
    const rows = await rowsOf<Ticket>(
      manager,
      `update auth.tickets set used_at = now()
       where  purpose = $1 and hash = $2 and used_at is null and attempts <= max_attempts and expires_at > now()
       returning ${COLUMNS}`,
      [purpose, hash],
    );
    return rows[0];
  }

  /**
   * Tries a code against everything that is alive for an address: counts the try and uses up what fits, in one
   * statement, so that a crowd of guesses gets no more tries than one patient guesser.
   */
  async tryCode(
    manager: EntityManager,
    purpose: TicketPurpose,
    address: string,
    hash: string,
  ): Promise<Ticket | undefined> {
    return firstOf<Ticket>(
      manager,
      `with tried as (
         update auth.tickets
         set    attempts = attempts + 1, used_at = case when hash = $3 then now() end
         where  purpose = $1 and address = $2
           and  used_at is null and attempts < max_attempts and expires_at > now()
         returning *)
       select ${COLUMNS} from tried where hash = $3`,
      [purpose, address, hash],
    );
  }

  /** Counts a try against a ticket that stays open; answers nothing when it has borne enough. */
  async tryTicket(manager: EntityManager, purpose: TicketPurpose, hash: string): Promise<Ticket | undefined> {
    return firstOf<Ticket>(
      manager,
      `update auth.tickets set attempts = attempts + 1
       where  purpose = $1 and hash = $2 and used_at is null and attempts < max_attempts and expires_at > now()
       returning ${COLUMNS}`,
      [purpose, hash],
    );
  }

  /** Voids all live tickets of these purposes of a person. */
  async voidAll(manager: EntityManager, userId: string, purposes: readonly TicketPurpose[]): Promise<void> {
    await manager.query(
      'update auth.tickets set used_at = now() where user_id = $1 and purpose = any ($2) and used_at is null',
      [userId, purposes],
    );
  }
}
