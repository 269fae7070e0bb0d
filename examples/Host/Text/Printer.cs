using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Spectre.Console;
using PrettyJson = Spectre.Console.Json.JsonText;

namespace Orchestra.Examples.Host.Text;

/// <summary>Answers on stdout: for programs one line of JSON; for people laid out, in color, with the time that it took.</summary>
internal sealed class Printer(bool forPeople)
{
    public bool ForPeople => forPeople;

    /// <summary>What a tool answered.</summary>
    public void Print(ToolResponse answer, Stopwatch clock)
    {
        if (!forPeople)
        {
            Console.WriteLine(AnswerJson.Format(answer));
        }
        else if (answer.Success)
        {
            PrintResult(answer.Result ?? new Struct());
            PrintTime(clock);
        }
    }

    /// <summary>Any JSON.</summary>
    public void PrintJson(string json)
    {
        if (forPeople)
        {
            Screen.Output.Write(new PrettyJson(json) { Indentation = "  " });
            Screen.Line();
        }
        else
        {
            Console.WriteLine(json);
        }
    }

    public void PrintTime(Stopwatch clock)
    {
        if (forPeople)
        {
            Screen.Line($"({Elapsed.Text(clock.Elapsed)})", Styles.Quiet);
        }
    }

    private void PrintResult(Struct result)
    {
        // What hosts show of such an answer too.
        if (result.Fields.Count == 1 && result.Fields.TryGetValue("text", out Value? text) && text.HasStringValue)
        {
            Screen.Line(TerminalText.Indent(text.StringValue.TrimEnd('\n'), ""), Styles.Good);
        }
        else
        {
            PrintJson(JsonText.Format(result));
        }
    }
}
