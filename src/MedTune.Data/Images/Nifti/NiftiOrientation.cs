namespace MedTune.Data.Images;

/// <summary>Where the axes of a NIfTI volume point, from the matrices of its header.</summary>
/// <remarks>The affine (sform) wins over the quaternion (qform), as NIfTI-1's documentation asks. Letters name where an axis grows: left or right, posterior or anterior,
/// inferior or superior.</remarks>
internal static class NiftiOrientation
{
    private const string Positive = "RAS";
    private const string Negative = "LPI";

    /// <summary>Three letters, or <c>???</c>.</summary>
    /// <param name="quaternionCode">qform_code.</param>
    /// <param name="affineCode">sform_code.</param>
    /// <param name="affine">srow_x, srow_y, srow_z by row and column.</param>
    /// <param name="quaternion">quatern_b, quatern_c, quatern_d by number.</param>
    /// <param name="handedness">pixdim[0]: -1 turns the third axis around.</param>
    public static string Of(int quaternionCode, int affineCode, Func<int, int, double> affine, Func<int, double> quaternion, double handedness)
    {
        double[,] matrix = new double[3, 3];
        if (affineCode > 0)
        {
            Fill(matrix, affine);
        }
        else if (quaternionCode > 0)
        {
            Rotate(matrix, quaternion(0), quaternion(1), quaternion(2), handedness < 0 ? -1 : 1);
        }
        else
        {
            return "???";
        }

        return string.Concat(Enumerable.Range(0, 3).Select(column => Letter(matrix, column)));
    }

    private static void Fill(double[,] matrix, Func<int, int, double> value)
    {
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                matrix[row, column] = value(row, column);
            }
        }
    }

    private static void Rotate(double[,] matrix, double b, double c, double d, int handedness)
    {
        double a = Math.Sqrt(Math.Max(0, 1 - ((b * b) + (c * c) + (d * d))));
        double[,] rotation =
        {
            { (a * a) + (b * b) - (c * c) - (d * d), 2 * ((b * c) - (a * d)), 2 * ((b * d) + (a * c)) * handedness },
            { 2 * ((b * c) + (a * d)), (a * a) + (c * c) - (b * b) - (d * d), 2 * ((c * d) - (a * b)) * handedness },
            { 2 * ((b * d) - (a * c)), 2 * ((c * d) + (a * b)), ((a * a) + (d * d) - (b * b) - (c * c)) * handedness },
        };
        Fill(matrix, (row, column) => rotation[row, column]);
    }

    private static char Letter(double[,] matrix, int column)
    {
        int longest = 0;
        for (int row = 1; row < 3; row++)
        {
            longest = Math.Abs(matrix[row, column]) > Math.Abs(matrix[longest, column]) ? row : longest;
        }

        double value = matrix[longest, column];
        return double.IsFinite(value) && value != 0 ? (value > 0 ? Positive : Negative)[longest] : '?';
    }
}
