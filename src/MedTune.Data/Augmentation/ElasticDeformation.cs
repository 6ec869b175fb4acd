namespace MedTune.Data.Augmentation;

/// <summary>Moves places smoothly and independently, as soft tissue moves (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks", 2003).</summary>
public sealed class ElasticDeformation : PictureAugmentation
{
    private const int Cells = 6;
    private const double LargestShift = 0.04; // of the side

    /// <inheritdoc/>
    public override string Name => "elastic";

    /// <inheritdoc/>
    public override string Description => "places moved smoothly by up to a twenty-fifth of the side";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        const int nodes = Cells + 3;
        double[] shifts = new double[2 * nodes * nodes];
        for (int i = 0; i < shifts.Length; i++)
        {
            shifts[i] = draw.Signed(FirstElement + i) * strength * LargestShift;
        }

        PictureWarp.Apply(picture, (x, y) =>
        {
            (double u, double v) = (Cells * (x + 0.5) / picture.Width, Cells * (y + 0.5) / picture.Height);
            return (x + (picture.Width * Smooth(shifts, 0, u, v)), y + (picture.Height * Smooth(shifts, nodes * nodes, u, v)));
        });
    }

    /// <summary>The shift at a place between the nodes: a cubic B-spline, which has no kinks.</summary>
    private static double Smooth(double[] shifts, int start, double u, double v)
    {
        (int column, int row) = (Math.Min((int)u, Cells - 1), Math.Min((int)v, Cells - 1));
        Span<double> across = stackalloc double[4], down = stackalloc double[4];
        Spline(u - column, across);
        Spline(v - row, down);
        double sum = 0;
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 4; x++)
            {
                sum += across[x] * down[y] * shifts[start + (Math.Min(row + y, Cells + 2) * (Cells + 3)) + Math.Min(column + x, Cells + 2)];
            }
        }

        return sum;
    }

    private static void Spline(double t, Span<double> weights)
    {
        double rest = 1 - t;
        weights[0] = rest * rest * rest / 6;
        weights[1] = ((3 * t * t * t) - (6 * t * t) + 4) / 6;
        weights[2] = ((-3 * t * t * t) + (3 * t * t) + (3 * t) + 1) / 6;
        weights[3] = t * t * t / 6;
    }
}
