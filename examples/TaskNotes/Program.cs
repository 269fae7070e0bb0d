using Orchestra.Examples.TaskNotes;
using Orchestra.Sdk;

return await Plugin.RunAsync<NoteTools>(args);
