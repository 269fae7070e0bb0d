namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What is wrong with prompts: their names, their parameters and their results.</summary>
public sealed class PromptDiagnosticsTests
{
    [TestCase("Prompt_name", "ORC022: 'a b' is no prompt name that clients take: set [Prompt(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Prompt(Name = "a b")|]] public string M() => "";
        """)]
    [TestCase("Prompt_twice", "ORC023: The prompt name 'm' is already used by 'M': give one of them another by [Prompt(Name = \"…\")]", """
        [Prompt] public string M() => ""; [[|Prompt|]] public string M(int x) => "";
        """)]
    [TestCase("Prompt_parameter", "ORC024: The parameter 'x' of prompt 'm' has the type 'int[]', but the arguments of prompts are texts: take a string, a number, a date, an enum or the like", """
        [Prompt] public string M(int[] [|x|]) => "";
        """)]
    [TestCase("Prompt_result", "ORC025: The prompt 'm' returns 'int': it must be a string, a PromptMessage, a list of them, or a PromptGetResponse", """
        [Prompt] public [|int|] M() => 1;
        """)]
    [TestCase("Prompt_without_result", "ORC025: The prompt 'm' returns 'System.Threading.Tasks.Task': it must be a string, a PromptMessage, a list of them, or a PromptGetResponse", """
        [Prompt] public [|Task|] M(CancellationToken token) => Task.CompletedTask;
        """)]
    [TestCase("Generic_prompt", "ORC007: 'M' is generic: a prompt is a method without type parameters that can be called by its name", """
        [Prompt] public static string [|M|]<T>() => "";
        """)]
    public Task Of_prompts(string name, string expected, string members) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, members);
}
