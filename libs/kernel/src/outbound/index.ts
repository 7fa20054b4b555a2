export { AddressRule } from './address-rule';
export { OutboundClient, outboundSettings } from './outbound-client';
export { OutboundModule } from './outbound.module';
