using Orchestra.Examples.Notes;
using Orchestra.Sdk;

return await Plugin.RunAsync<NotesPlugin>(args);
