using System.Xml.Linq;
using MedTune.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedTune.Tests.Reports;

/// <summary>Draws one component, to look at its elements.</summary>
internal static class ComponentDrawing
{
    /// <summary>The component's markup as XML, under a root element.</summary>
    public static XElement Of<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        string html = renderer.Dispatcher.InvokeAsync(async () =>
        {
            var view = ParameterView.FromDictionary(parameters.ToDictionary(each => each.Name, each => each.Value));
            return (await renderer.RenderComponentAsync<T>(view)).ToHtmlString();
        }).GetAwaiter().GetResult();
        return XElement.Parse($"<root>{ReportPage.Closed(html)}</root>");
    }

    /// <summary>All elements of a name with a style class among theirs.</summary>
    public static IEnumerable<XElement> With(this XElement root, string element, string css) =>
        root.Descendants(element).Where(each => ((string?)each.Attribute("class") ?? "").Split(' ').Contains(css));
}
