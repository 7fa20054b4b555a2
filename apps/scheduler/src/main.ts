import 'reflect-metadata';
import { startService } from '@nself/kernel';
import { schedulerService } from './service';

void startService(schedulerService);
