using System.Text.Json;

using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

/// <summary>The patients and figures under tests/TestData/Evaluation/Treatment.</summary>
internal static class TreatmentGolden
{
    private static readonly string[] Header = "y,w,e0,e1,e2,m0,m1,m2,tau,patient,age,marker,sex,dose,time,event".Split(',');

    private static readonly Lazy<JsonElement> Document = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Folder(), "Treatment", "golden.json"))).RootElement);

    private static readonly Lazy<double[][]> Rows = new(() =>
        [.. Golden.Rows(Path.Combine("Treatment", "rows.csv")).Select(row => Array.ConvertAll(row, cell => cell.Length == 0 ? double.NaN : Golden.Number(cell)))]);

    /// <summary>The floor under the propensities in the script.</summary>
    public const double Floor = 0.12;

    public static double[] Column(string name) => Array.ConvertAll(Rows.Value, row => row[Array.IndexOf(Header, name)]);

    public static int[] Numbers(string name) => Array.ConvertAll(Column(name), value => (int)value);

    public static double[] Expected(string name) => [.. Document.Value.GetProperty(name).EnumerateArray().Select(element => element.GetDouble())];

    public static TreatmentPredictions Predictions(bool withPatients = true) => new(
        Column("y"), Numbers("w"), [.. Rows.Value.SelectMany(row => row[2..5])], [.. Rows.Value.SelectMany(row => row[5..8])], ["none", "low", "high"],
        withPatients ? Numbers("patient") : null);

    public static DoublyRobustScores Scores(bool withPatients = true) => DoublyRobustScores.Of(Predictions(withPatients), Floor);

    /// <summary>Value, standard error, low, high, two-sided and one-sided p.</summary>
    public static void Near(double[] expected, EffectEstimate found, double tolerance = 1e-9)
    {
        double[] own = [found.Value, found.StandardError, found.Figure.Low, found.Figure.High, found.PValue, found.PValueAbove];
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.Near(expected[i], own[i], tolerance);
        }
    }

    public static void Near(double[] expected, IEnumerable<double> found, double tolerance = 1e-9)
    {
        double[] own = [.. found];
        Assert.Equal(expected.Length, own.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.Near(expected[i], own[i], tolerance);
        }
    }
}
