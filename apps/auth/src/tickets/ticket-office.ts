import { randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sha256 } from '@nself/kernel';
import type { GroupStatement } from '@nself/tenancy';
import type { EntityManager } from 'typeorm';
import { Secrets } from '../secrets';
import type { Ticket, TicketPurpose } from './ticket';
import { TicketRepository } from './ticket.repository';

export interface TicketOrder {
  purpose: TicketPurpose;
  userId?: string | null;
  address?: string | null;
  data?: Record<string, unknown>;
  lifeSeconds: number;
}

const CODE_DIGITS = 6;
const MAX_TRIES = 5;

/**
 * Issues what is sent to a person and comes back once: links and short codes. Only digests are kept; several may be
 * alive at a time; each is bound to its purpose, dies with its first use, after five wrong tries, or of age.
 */
@Injectable()
export class TicketOffice {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly secrets: Secrets,
  ) {}

  /** A long ticket for a link, in Nhost's form: `passwordReset:2c35b6f3-...`. */
  async issue(manager: EntityManager, order: TicketOrder): Promise<string> {
    const { ticket, statement } = this.draw(order);
    await manager.query(statement.text, [...statement.values]);
    return ticket;
  }

  /** The same, not yet kept: it is good once the statement has run. */
  draw(order: TicketOrder): { ticket: string; statement: GroupStatement } {
    const ticket = `${order.purpose}:${randomUUID()}`;
    return { ticket, statement: this.tickets.keeping({ ...complete(order), hash: digestOf(ticket) }) };
  }

  async peek(manager: EntityManager, purpose: TicketPurpose, ticket: string): Promise<Ticket | undefined> {
    return this.tickets.find(manager, purpose, digestOf(ticket));
  }

  async redeem(manager: EntityManager, purpose: TicketPurpose, ticket: string): Promise<Ticket | undefined> {
    return this.tickets.use(manager, purpose, digestOf(ticket));
  }

  /** A short code to be typed, for an address. */
  async issueCode(manager: EntityManager, order: TicketOrder & { address: string }): Promise<string> {
    const code = randomInt(10 ** CODE_DIGITS)
      .toString()
      .padStart(CODE_DIGITS, '0');
    const hash = this.codeDigest(order.purpose, order.address, code);
    const { text, values } = this.tickets.keeping({ ...complete(order), hash });
    await manager.query(text, [...values]);
    return code;
  }

  /** Uses a code up; a wrong one counts against every live code of that address. */
  async redeemCode(
    manager: EntityManager,
    purpose: TicketPurpose,
    address: string,
    code: string,
  ): Promise<Ticket | undefined> {
    return this.tickets.tryCode(manager, purpose, address, this.codeDigest(purpose, address, code));
  }

  /** Counts a try against a ticket that stays open, such as one that waits for a second factor. */
  async attempt(manager: EntityManager, purpose: TicketPurpose, ticket: string): Promise<Ticket | undefined> {
    return this.tickets.tryTicket(manager, purpose, digestOf(ticket));
  }

  async voidAll(manager: EntityManager, userId: string, ...purposes: TicketPurpose[]): Promise<void> {
    await this.tickets.voidAll(manager, userId, purposes);
  }

  private codeDigest(purpose: TicketPurpose, address: string, code: string): string {
    return this.secrets.digest(code, `${purpose} ${address}`);
  }
}

const digestOf = (ticket: string): string => sha256(ticket).toString('hex');

const complete = ({ purpose, userId = null, address = null, data = {}, lifeSeconds }: TicketOrder) => ({
  purpose,
  userId,
  address,
  data,
  lifeSeconds,
  maxAttempts: MAX_TRIES,
});
