namespace Orchestra.Sdk.Tests.House;

/// <summary>A use of one folder's type in another folder.</summary>
/// <param name="From">The folder that uses it.</param>
/// <param name="To">The folder that has it.</param>
/// <param name="Source">The file that uses it.</param>
/// <param name="Target">The file that has it.</param>
/// <param name="Type">The type.</param>
internal sealed record FolderArrow(string From, string To, string Source, string Target, string Type)
{
    public override string ToString() =>
        $"{Named(From)} -> {Named(To)}: {Path.GetFileName(Source)} uses {Type} of {Path.GetFileName(Target)}";

    private static string Named(string folder) => folder.Length == 0 ? "(the project's own folder)" : folder;
}
