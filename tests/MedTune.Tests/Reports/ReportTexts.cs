using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MedTune.Tests.Reports;

/// <summary>What a reader sees of a page: its texts and the words for those who cannot see the drawings.</summary>
internal static partial class ReportTexts
{
    private static readonly string[] Spoken = ["alt", "aria-label"];

    /// <summary>All texts of a page but code, file digests and style.</summary>
    public static IReadOnlyList<string> Of(string page)
    {
        XElement body = Body(page);
        return
        [
            .. body.DescendantNodes().OfType<XText>().Where(text => text.Parent!.Name.LocalName is not ("code" or "style")).Select(text => text.Value.Trim()).Where(text => text.Length > 0),
            .. body.Descendants().Attributes().Where(attribute => Spoken.Contains(attribute.Name.LocalName)).Select(attribute => attribute.Value),
        ];
    }

    /// <summary>The stretches of three or more words in Latin letters that are left when names have been taken out.</summary>
    public static IReadOnlyList<string> Sentences(IEnumerable<string> texts, IEnumerable<string> names)
    {
        string[] longest = [.. names.Where(name => name.Length > 0).OrderByDescending(name => name.Length)];
        return [.. texts.Select(text => longest.Aggregate(text, (left, name) => left.Replace(name, "\u00a7", StringComparison.Ordinal)))
            .SelectMany(text => ThreeWords().Matches(text)).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The numbers of every section, sorted: two languages put them in another order.</summary>
    public static IReadOnlyList<string> Numbers(string page) =>
    [
        .. Body(page).Descendants().Where(element => element.Name.LocalName is "header" or "section")
            .Select(section => $"{(string?)section.Attribute("id")}: {string.Join(' ', Texts(section).SelectMany(text => Number().Matches(text)).Select(match => match.Value.TrimEnd('%', ' ')).Order(StringComparer.Ordinal))}"),
    ];

    private static IEnumerable<string> Texts(XElement section) => section.DescendantNodes().OfType<XText>().Select(text => text.Value)
        .Concat(section.DescendantsAndSelf().Attributes().Where(attribute => Spoken.Contains(attribute.Name.LocalName)).Select(attribute => attribute.Value));

    private static XElement Body(string page) => XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Root!.Element("body")!;

    [GeneratedRegex("[A-Za-z][A-Za-z'’-]*([ ,;:]+[A-Za-z][A-Za-z'’-]*){2,}")]
    private static partial Regex ThreeWords();

    [GeneratedRegex("[0-9]+([.,][0-9]+)*%?")]
    private static partial Regex Number();
}
