using System.Collections.Generic;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints a method that hands what came on to the method that is for it.</summary>
internal static class DispatchCode
{
    /// <summary>Writes the method.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="method">What it returns and its name.</param>
    /// <param name="parameters">Its parameters and the closing parenthesis.</param>
    /// <param name="subject">What tells the methods apart.</param>
    /// <param name="arms">A value of it and the call, for each.</param>
    /// <param name="otherwise">The answer for all other values.</param>
    public static void Write(
        SourceWriter writer, string method, string parameters, string subject, IEnumerable<(string Value, string Call)> arms, string otherwise)
    {
        writer.Line($"public override {method}(");
        writer.Indented(() =>
        {
            writer.Line(parameters + " =>");
            writer.Line(subject + " switch");
            writer.Open();
            foreach (var (value, call) in arms)
            {
                writer.Line($"{value} => {call},");
            }

            writer.Line($"_ => {otherwise},");
            writer.Close(";");
        });
    }
}
