namespace MedTune.Graphs.Operators;

/// <summary>The weights that an element between two others gives to those around it.</summary>
internal static class Interpolation
{
    /// <summary>The weights of the four elements around a place, the second of which is <paramref name="ratio"/> before it (Keys 1981, with coefficient a).</summary>
    public static (double Before, double First, double Second, double After) Cubic(double ratio, double a) =>
        (Far(ratio + 1, a), Near(ratio, a), Near(1 - ratio, a), Far(2 - ratio, a));

    /// <summary>The slopes of these weights by the ratio.</summary>
    public static (double Before, double First, double Second, double After) CubicSlopes(double ratio, double a) =>
        (FarSlope(ratio + 1, a), NearSlope(ratio, a), -NearSlope(1 - ratio, a), -FarSlope(2 - ratio, a));

    /// <summary>Keys' kernel at a distance of at least 0.</summary>
    public static double CubicKernel(double distance, double a) => distance <= 1 ? Near(distance, a) : distance < 2 ? Far(distance, a) : 0;

    private static double Near(double x, double a) => ((((a + 2) * x) - (a + 3)) * x * x) + 1;

    private static double Far(double x, double a) => ((((a * x) - (5 * a)) * x) + (8 * a)) * x - (4 * a);

    private static double NearSlope(double x, double a) => ((3 * (a + 2) * x) - (2 * (a + 3))) * x;

    private static double FarSlope(double x, double a) => (((3 * a * x) - (10 * a)) * x) + (8 * a);
}
