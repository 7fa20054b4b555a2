import 'reflect-metadata';
import { startService } from '@nself/kernel';
import { gatewayService } from './service';

void startService(gatewayService);
