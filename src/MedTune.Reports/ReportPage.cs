using System.Globalization;
using System.Text.RegularExpressions;
using MedTune.Reports.Wording;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedTune.Reports;

/// <summary>Draws a report as one self-contained HTML page: no script, nothing loaded from anywhere.</summary>
public static partial class ReportPage
{
    private static readonly Lazy<string> Css = new(() => ReadCss("report.css"));
    private static readonly Lazy<string> ChineseCss = new(() => Css.Value + ReadCss("report-chinese.css"));

    /// <summary>Draws a report.</summary>
    /// <param name="content">What the report shows.</param>
    /// <returns>The page: UTF-8 text with LF line ends, well-formed as XML too. The same content gives the same text.</returns>
    public static string Render(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Draw<ReportDocument>(content.Language, new Dictionary<string, object?>
        {
            [nameof(ReportDocument.Content)] = content,
            [nameof(ReportDocument.Css)] = CssIn(content.Language),
        });
    }

    /// <summary>The style sheet of a language.</summary>
    internal static string CssIn(ReportLanguage language) => language == ReportLanguage.Chinese ? ChineseCss.Value : Css.Value;

    /// <summary>Draws a component as text that is well-formed as XML too.</summary>
    internal static string Draw<T>(ReportLanguage language, Dictionary<string, object?> parameters)
        where T : IComponent
    {
        var words = ReportWords.In(language);
        using ServiceProvider services = new ServiceCollection().AddCascadingValue(_ => words).BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);

        // No component waits for anything, so the task is finished when it is returned.
        string html = renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters)).ConfigureAwait(false);
            return root.ToHtmlString();
        }).GetAwaiter().GetResult();
        return Readable(Closed(html.ReplaceLineEndings("\n"))).TrimStart() + "\n";
    }

    /// <summary>
    /// Writes letters beyond ASCII as themselves instead of as numbers, and puts U+FFFD in the place of what no page may hold:
    /// control characters, and the marks that turn the direction of text and could make a name read as another.
    /// </summary>
    internal static string Readable(string html) => NumericReference().Replace(html, static match =>
    {
        int code = int.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        bool isForbidden = code is < 0x20 and not (0x09 or 0x0A or 0x0D) or (>= 0x7F and < 0xA0)
            or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xD800 and <= 0xDFFF) or 0xFFFE or 0xFFFF or > 0x10FFFF;
        return isForbidden ? "\uFFFD" : code < 0x80 ? match.Value : char.ConvertFromUtf32(code);
    });

    /// <summary>Closes the elements that HTML lets stay open and XML readers do not. Text cannot match: its "&lt;" is escaped.</summary>
    internal static string Closed(string html) => ElementWithoutContent().Replace(html, "<$1$2 />");

    [GeneratedRegex("<(meta|br|img)([^>]*?) ?/?>", RegexOptions.CultureInvariant)]
    private static partial Regex ElementWithoutContent();

    [GeneratedRegex("&#x([0-9A-F]{1,6});", RegexOptions.CultureInvariant)]
    private static partial Regex NumericReference();

    private static string ReadCss(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The style sheet {name} is missing from MedTune.Reports: build it again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
