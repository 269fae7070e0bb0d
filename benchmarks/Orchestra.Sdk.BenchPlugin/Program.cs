using Orchestra.Sdk;
using Orchestra.Sdk.BenchPlugin;

return await Plugin.RunAsync<Bench>(args);
