import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { KeyRates } from '../key-rates';
import { actorOfRequest, requestOf } from './request-of';

/** Counts every request that is made in the name of a key, those that are refused later too. Runs after the bearer guard. */
@Injectable()
export class KeyRateGuard implements CanActivate {
  constructor(private readonly rates: KeyRates) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const counted = this.rates.admit(actorOfRequest(requestOf(context)));
    return counted ? counted.then(() => true) : true;
  }
}
