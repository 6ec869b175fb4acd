using System.Text.RegularExpressions;

namespace MedTune.Tests.House;

/// <summary>What the naming rules need from a C# file: its top-level types. File-scoped namespaces put those at the start of a line.</summary>
internal static partial class SourceFile
{
    /// <summary>The top-level types of a file's text, in order.</summary>
    public static IReadOnlyList<DeclaredType> TypesIn(string text) =>
        [.. TypeDeclaration().Matches(text).Select(match => new DeclaredType(
            match.Groups["name"].Value,
            match.Groups["modifiers"].Value.Contains("public", StringComparison.Ordinal),
            match.Groups["modifiers"].Value.Contains("file ", StringComparison.Ordinal),
            match.Groups["generic"].Success))];

    /// <summary>Whether a file's name is the type's, alone or with an aspect: <c>Plan.cs</c>, <c>Plan.Json.cs</c>, <c>TensorOfT.cs</c>, <c>Chart.razor.cs</c>.</summary>
    public static bool IsNamedAfter(string file, DeclaredType type)
    {
        string name = Path.GetFileName(file).Split('.')[0];
        return name == type.Name || (type.IsGeneric && Regex.IsMatch(name, $"^{Regex.Escape(type.Name)}Of[A-Z]"));
    }

    [GeneratedRegex(@"^(?<modifiers>(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe)\s+)*)(?:class|struct|interface|enum|record\s+class|record\s+struct|record|delegate\s+[^\s(]+)\s+(?<name>\w+)(?<generic>\s*<)?", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    internal sealed record DeclaredType(string Name, bool IsPublic, bool IsFileLocal, bool IsGeneric);
}
