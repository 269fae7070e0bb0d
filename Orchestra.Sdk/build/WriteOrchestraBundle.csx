using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes an MCP bundle: a zip of the binary and of a manifest that says how to run it, which desktop clients install. The same binary
/// gives the same bytes, on every system. MSBuild compiles it when a bundle is asked for.
/// </summary>
public sealed class WriteOrchestraBundle : Task
{
    private const int ExecutableFile = 0x81ED; // A regular file of the mode 0755.
    private const int OrdinaryFile = 0x81A4; // 0644.

    /// <summary>The file to pack.</summary>
    [Required]
    public string Binary { get; set; }

    /// <summary>What the plugin said to --describe.</summary>
    [Required]
    public string Description { get; set; }

    /// <summary>The bundle to write.</summary>
    [Required]
    public string Bundle { get; set; }

    /// <summary>The system it runs on: linux, darwin or win32.</summary>
    [Required]
    public string Platform { get; set; }

    /// <summary>Who made it, where the plugin does not say so.</summary>
    [Required]
    public string Author { get; set; }

    public override bool Execute()
    {
        string file = Path.GetFileName(Binary);
        Directory.CreateDirectory(Path.GetDirectoryName(Bundle));
        using (var bundle = new FileStream(Bundle, FileMode.Create, FileAccess.ReadWrite))
        {
            using (var zip = new ZipArchive(bundle, ZipArchiveMode.Create, leaveOpen: true))
            {
                Add(zip, "manifest.json", new MemoryStream(new UTF8Encoding(false).GetBytes(Manifest(file))));
                Add(zip, "server/" + file, File.OpenRead(Binary));
            }

            SetModes(bundle, new[] { OrdinaryFile, ExecutableFile });
        }

        return true;
    }

    private static void Add(ZipArchive zip, string name, Stream content)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using (content)
        using (Stream target = entry.Open())
        {
            content.CopyTo(target);
        }
    }

    /// <summary>
    /// .NET gives the files the modes of the system that packs, and Windows none: each file's record in the directory at the end (APPNOTE
    /// 4.3.12) is made by Unix here, and has its mode.
    /// </summary>
    private static void SetModes(Stream bundle, int[] modes)
    {
        const int EndLength = 22;
        byte[] end = Read(bundle, bundle.Length - EndLength, EndLength);
        long record = BitConverter.ToUInt32(end, 16);
        foreach (int mode in modes)
        {
            byte[] header = Read(bundle, record, 46);
            header[5] = 3;
            BitConverter.GetBytes((uint)mode << 16).CopyTo(header, 38);
            bundle.Position = record;
            bundle.Write(header, 0, header.Length);
            record += header.Length + BitConverter.ToUInt16(header, 28) + BitConverter.ToUInt16(header, 30) + BitConverter.ToUInt16(header, 32);
        }
    }

    private static byte[] Read(Stream stream, long position, int length)
    {
        byte[] bytes = new byte[length];
        stream.Position = position;
        for (int read = 0; read < length;)
        {
            int count = stream.Read(bytes, read, length - read);
            read += count > 0 ? count : throw new EndOfStreamException();
        }

        return bytes;
    }

    private string Manifest(string file)
    {
        XElement plugin;
        using (var json = JsonReaderWriterFactory.CreateJsonReader(File.ReadAllBytes(Description), XmlDictionaryReaderQuotas.Max))
        {
            plugin = XElement.Load(json);
        }

        string id = Value(plugin, "id");
        string path = "${__dirname}/server/" + file;
        IEnumerable<string> tools = plugin.Element("tools").Elements().Select(tool =>
            "    { \"name\": " + Text(Value(tool, "name")) + ", \"description\": " + Text(Value(tool, "description")) + " }");
        return string.Join("\n",
            "{",
            "  \"manifest_version\": \"0.3\",",
            "  \"name\": " + Text(id) + ",",
            "  \"version\": " + Text(OrElse(Value(plugin, "version"), "0.0.0")) + ",",
            "  \"description\": " + Text(OrElse(Value(plugin, "description"), id)) + ",",
            "  \"author\": { \"name\": " + Text(OrElse(Value(plugin, "author"), Author)) + " },",
            "  \"server\": {",
            "    \"type\": \"binary\",",
            "    \"entry_point\": " + Text("server/" + file) + ",",
            "    \"mcp_config\": { \"command\": " + Text(path) + ", \"args\": [\"--mcp\"] }",
            "  },",
            "  \"tools\": [",
            string.Join(",\n", tools),
            "  ],",
            "  \"prompts_generated\": " + (plugin.Element("prompts").HasElements ? "true" : "false") + ",",
            "  \"compatibility\": { \"platforms\": [" + Text(Platform) + "] }",
            "}",
            "");
    }

    private static string Value(XElement parent, string name) => (string)parent.Element(name) ?? "";

    private static string OrElse(string text, string other) => text.Length > 0 ? text : other;

    private static string Text(string text)
    {
        var json = new StringBuilder("\"");
        foreach (char character in text)
        {
            if (character < ' ' || character == '"' || character == '\\')
            {
                json.Append("\\u").Append(((int)character).ToString("x4"));
            }
            else
            {
                json.Append(character);
            }
        }

        return json.Append('"').ToString();
    }
}
