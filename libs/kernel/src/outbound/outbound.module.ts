import { Module } from '@nestjs/common';
import { OutboundClient } from './outbound-client';

/** Offers {@link OutboundClient}; needs its settings. */
@Module({ providers: [OutboundClient], exports: [OutboundClient] })
export class OutboundModule {}
