import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets';
import { TicketOffice } from './ticket-office';
import { TicketRepository } from './ticket.repository';

export type { Ticket, TicketPurpose } from './ticket';
export { TicketOffice, type TicketOrder } from './ticket-office';

/** Links and codes that are good once. */
@Module({ imports: [SecretsModule], providers: [TicketOffice, TicketRepository], exports: [TicketOffice] })
export class TicketsModule {}
