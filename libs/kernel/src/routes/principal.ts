import type { RawBodyRequest } from '@nestjs/common';
import type { Request } from 'express';

/**
 * A request of which it is known who sent it: a word that is the same for every request of the same person in the
 * same place, and of nobody else. Undefined for strangers. Guards set it.
 */
export type PrincipalRequest = RawBodyRequest<Request> & { principal?: string };
