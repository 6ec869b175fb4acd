using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune;

/// <summary>How one column enters the model.</summary>
/// <param name="Name">The column.</param>
/// <param name="Use"><c>number</c>, <c>category</c> (texts), <c>coded</c> (numbers that stand for levels) or <c>left out</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record PlanColumn(string Name, string Use, string Reason)
{
    internal const string Number = "number";
    internal const string Category = "category";
    internal const string Coded = "coded";
    internal const string LeftOut = "left out";

    internal static ImmutableArray<PlanColumn> For(Dataset dataset) => [];
}
