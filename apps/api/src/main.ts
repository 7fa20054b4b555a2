import 'reflect-metadata';
import { startService } from '@nself/kernel';
import { apiService } from './service';

void startService(apiService);
