using Orchestra.Sdk;
using Orchestra.Sdk.BenchPlugin;

#if HIGH_LIMITS
return await Plugin.RunAsync<Bench>(args, new HighLimits(), CancellationToken.None);
#else
return await Plugin.RunAsync<Bench>(args);
#endif
