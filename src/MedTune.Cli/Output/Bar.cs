namespace MedTune.Cli.Output;

/// <summary>Bars made of letters.</summary>
internal static class Bar
{
    private const char Full = '█';
    private const char Half = '▌';

    /// <summary>A bar to the right.</summary>
    /// <param name="value">Its length, from 0 to <paramref name="largest"/>.</param>
    /// <param name="largest">What the whole width stands for.</param>
    /// <param name="width">Letters of the longest bar.</param>
    public static string Of(double value, double largest, int width)
    {
        if (!(value > 0) || !(largest > 0))
        {
            return "";
        }

        int halves = (int)Math.Round(Math.Min(1, value / largest) * width * 2);
        return new string(Full, halves / 2) + (halves % 2 == 1 ? Half.ToString() : "");
    }

    /// <summary>A bar to the left or the right of a middle line.</summary>
    public static string Signed(double value, double largest, int halfWidth)
    {
        int length = largest > 0 && double.IsFinite(value) ? (int)Math.Round(Math.Min(1, Math.Abs(value) / largest) * halfWidth) : 0;
        string bar = new(Full, length);
        return value < 0 ? bar.PadLeft(halfWidth) + "│" : new string(' ', halfWidth) + "│" + bar;
    }
}
