namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC011 and ORC012: names of arguments that clients take, each once.</summary>
public sealed class ArgumentNameFixTests
{
    [TestCase("ORC011", "Name the argument 'groesse'", "int größe", """[Argument(Name = "groesse")] int größe""")]
    [TestCase("ORC011", "Name the argument 'a_b'", """[Argument(Name = "a b", Description = "d")] int x""", """[Argument(Name = "a_b", Description = "d")] int x""")]
    [TestCase("ORC011", "Name the argument 'strasse_2'", "int strasse, int straße", """int strasse, [Argument(Name = "strasse_2")] int straße""")]
    [TestCase("ORC012", "Name the argument 'y'", """int x, [Argument(Name = "X")] int y""", """int x, [Argument(Name = "y")] int y""")]
    [TestCase("ORC012", "Name the argument 'X_2'", "int x, int X", """int x, [Argument(Name = "X_2")] int X""")]
    public Task Of_a_parameter(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, $"[Tool] public void M({before}) {{ }}", $"[Tool] public void M({after}) {{ }}");
}
