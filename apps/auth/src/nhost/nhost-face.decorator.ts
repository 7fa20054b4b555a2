import { applyDecorators, Controller, UseFilters } from '@nestjs/common';
import { NhostFilter } from './nhost.filter';

/** A controller whose routes belong to Nhost's contract: under `/v1`, with Nhost's errors. */
export const NhostFace = (path = ''): ClassDecorator =>
  applyDecorators(Controller(`v1/${path}`.replace(/\/$/, '')), UseFilters(NhostFilter));
